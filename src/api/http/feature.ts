import type { Type } from '@nestjs/common';
import type { Paths } from '../openapi/operation.js';

/** A part of the API: its Nest module and its paths in the OpenAPI document. */
export interface Feature {
  module: Type<unknown>;
  /** A function where making them takes long, so that only who asks for the document waits. */
  paths: Paths | (() => Paths);
  /** Only served in this mode. */
  only?: 'local';
}
