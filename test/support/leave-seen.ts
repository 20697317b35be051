import { leaveSeen } from './seen.js';

afterAll(leaveSeen);
