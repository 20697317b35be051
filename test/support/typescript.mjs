// Lets a process of its own run the project's TypeScript: node --import <this file> <file.ts>
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
