import { availableActions, openableRoutes } from '../../domain/dispute/available.js';
import type { Requester } from '../../domain/dispute/context.js';
import type { Fields } from '../../domain/dispute/fields.js';
import { routesNow } from '../../domain/dispute/routes.js';
import type { Answer } from '../http/command.js';
import type { ApiDependencies } from '../http/dependencies.js';
import { etagOf } from '../http/headers.js';
import type { Language } from '../http/language.js';
import { jsonSchemaOf, type JsonSchema } from '../openapi/operation.js';
import { actionSchema } from '../schemas/from-fields.js';
import { forbiddenView, permittedView } from '../views/route-view.js';
import { readDispute } from './read.js';

const schemas: Record<Language, WeakMap<Fields, JsonSchema>> = { zh: new WeakMap(), en: new WeakMap() };

/** The JSON Schema of an action's body, titled in the language; made once for each. */
export const bodySchema = (fields: Fields, language: Language): JsonSchema => {
  const known = schemas[language].get(fields);
  if (known) return known;
  const schema = jsonSchemaOf(actionSchema(fields, language));
  schemas[language].set(fields, schema);
  return schema;
};

/** What this caller may do now; which procedures may be opened and how; which not, and by what law. */
export const possibleActions = async (
  deps: ApiDependencies,
  id: string,
  by: Requester,
  language: Language,
): Promise<Answer> => {
  const { state } = await readDispute(deps, id, by);
  const context = deps.commands.contextFor(by, state);
  const routes = routesNow(state);
  const openable = openableRoutes(state, by);
  const opens = (route: { procedure: string; by: string; fromProcedureId: string | null }): boolean =>
    openable.some(
      (one) =>
        one.procedure === route.procedure && one.by === route.by && one.fromProcedureId === route.fromProcedureId,
    );
  return {
    headers: { etag: etagOf(state.version) },
    body: {
      actions: availableActions(state, context).map(({ action, procedureId, title, basis, fields }) => ({
        action,
        procedureId,
        title: title[language],
        basis,
        schema: bodySchema(fields, language),
      })),
      routes: routes.permitted.map((route) => ({
        ...permittedView(route, language),
        fromProcedureId: route.fromProcedureId,
        // Null where this caller cannot take it here: another role could, or it is followed outside.
        action: opens(route)
          ? {
              action: 'open-procedure',
              body: { procedure: route.procedure, ...(route.track ? { track: route.track } : {}) },
            }
          : null,
      })),
      forbidden: routes.forbidden.map((route) => forbiddenView(route, language)),
      assumed: routes.assumed,
    },
  };
};
