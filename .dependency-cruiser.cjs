/**
 * The layers: arrows point inward. Read `docs/architecture.md` for why. Type-only imports count like any other, but for
 * the workflows, which may know the shapes of the domain and of the commands and nothing else of them.
 */
const inside = (...layers) => `^src/(${layers.join('|')})/`;
/** Everything under src/ but these layers. */
const allBut = (...layers) => `^src/(?!(${layers.join('|')})/)`;
const packages = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'core'];

const may = (layer, why, ...others) => ({
  name: `${layer}-layer`,
  comment: why,
  severity: 'error',
  from: { path: inside(layer) },
  to: { path: allBut(layer, ...others) },
});

module.exports = {
  forbidden: [
    may('domain', 'The domain is pure: it imports nothing outside itself.'),
    {
      name: 'domain-is-pure',
      comment: 'The domain has no I/O and no framework: no package, and nothing of Node.',
      severity: 'error',
      from: { path: inside('domain') },
      to: { dependencyTypes: packages },
    },
    may('store', 'The store knows streams, versions and rows, and nothing of disputes.'),
    may('commands', 'A command is decided by the domain and appended to the store.', 'domain', 'store'),
    may('feed', 'What others follow along by: the log under their rights, and its delivery.', 'domain', 'store'),
    may(
      'projections',
      'Views that follow the events: what they are is the domain’s to say, and what an append writes the commands’.',
      'domain',
      'store',
      'commands',
    ),
    may('activities', 'Activities ask the engine and the feed, and nothing else.', 'commands', 'feed'),
    may('workflows', 'Workflows know ids, codes and instants.', 'domain', 'commands', 'activities'),
    {
      name: 'workflows-import-types',
      comment: 'Code of another layer inside a workflow would break its replay when that code changes.',
      severity: 'error',
      from: { path: inside('workflows') },
      to: { path: allBut('workflows'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'workflows-run-in-the-sandbox',
      comment: 'Workflow code reaches nothing but the SDK. Only bundle.ts, which makes the bundle, runs outside.',
      severity: 'error',
      from: { path: inside('workflows'), pathNot: '^src/workflows/bundle\\.ts$' },
      to: { dependencyTypes: packages, pathNot: 'node_modules/@temporalio/(workflow|common)/' },
    },
    {
      name: 'api-layer',
      comment:
        'The API asks the commands and reads the store. What it needs of Temporal is handed to it by its entry point.',
      severity: 'error',
      from: { path: inside('api'), pathNot: '^src/api/main\\.ts$' },
      to: { path: allBut('api', 'commands', 'feed', 'projections', 'store', 'domain') },
    },
    may(
      'worker',
      'The worker runs workflows and activities and hands plans to Temporal.',
      'workflows',
      'activities',
      'commands',
      'feed',
      'projections',
      'store',
      'domain',
    ),
    {
      name: 'outermost',
      comment: 'Nothing but their own entry points imports what starts processes: local, cli, demo.',
      severity: 'error',
      from: { path: allBut('local', 'cli', 'demo') },
      to: { path: inside('local', 'cli', 'demo') },
    },
    {
      name: 'no-runtime-cycle',
      comment: 'Modules that need each other to load. Cycles through types alone vanish when compiled.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'not-from-tests',
      comment: 'What is shipped does not lean on what is not.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'no-dev-package',
      comment: 'A package of devDependencies is not there in production.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolves',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
