/** The whole service over a simulated AWS of its own, anew for each test of a file. */
import { afterEach, beforeEach } from '@jest/globals';
import { type Grounds, prepare, type RunningService, startRunning } from './service.js';
import { type RunningSimulator, startSimulator } from './simulator.js';

export interface WholeService {
  aws: RunningSimulator;
  grounds: Grounds;
  /** A test that stops it puts the next one here, which is stopped at the end. */
  service: RunningService;
}

/** Starts one before each test and stops it afterwards; its members are there within a test. */
export function wholeService(): WholeService {
  const whole = {} as WholeService;
  beforeEach(async () => {
    whole.aws = await startSimulator();
    whole.grounds = await prepare(whole.aws.url);
    whole.service = await startRunning(whole.grounds);
  });
  afterEach(async () => {
    await whole.service.stop();
    await whole.aws.close();
  });
  return whole;
}
