import type { Type } from '@nestjs/common';
import type { Paths } from '../openapi/operation.js';

/** A part of the API: its Nest module and its paths in the OpenAPI document. */
export interface Feature {
  module: Type<unknown>;
  paths: Paths;
  /** Only served in this mode. */
  only?: 'local';
}
