/** Whether the process runs, and whether it can serve; for orchestrators, so no token is needed. */

import { Controller, Get, Inject } from '@nestjs/common';
import type { Health } from '../kit/health.js';
import { HEALTH } from '../kit/parts.js';
import { Problem } from '../kit/problems.js';
import { Open } from '../kit/route-action.js';

@Controller('health')
export class HealthController {
  constructor(@Inject(HEALTH) private readonly health: Health) {}

  @Get('live')
  @Open()
  live() {
    return this.health.live();
  }

  @Get('ready')
  @Open()
  async ready() {
    const { ok, checks, lagSeconds } = await this.health.ready();
    const degraded = Object.keys(checks).filter((name) => checks[name]?.ok && checks[name].detail !== undefined);
    if (ok) return { ok, degraded, checks, lagSeconds };
    const failing = Object.entries(checks).filter(([, check]) => !check.ok);
    const errors = failing.map(([field, { detail }]) => ({ field, problem: detail ?? 'is not ready' }));
    throw new Problem(
      'unavailable',
      'Some of what is needed is not ready.',
      errors,
      { checks, lagSeconds },
      { 'retry-after': '5' },
    );
  }
}
