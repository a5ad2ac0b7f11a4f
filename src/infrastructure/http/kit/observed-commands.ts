/** Every command is timed and traced, by what came of it: done, or the type of the problem that it is answered with. */
import type { CommandBus } from '@nestjs/cqrs';
import type { Metrics } from '../../../application/ports/metrics.js';
import { inSpan } from '../../../application/spans.js';
import { problemOf } from './problem-of.js';

/** The type of a problem does not depend on whom or what it is about. */
const aboutNobody = { contact: '', subject: '', methods: () => [], reads: false, formerLogs: new Set<string>() };

type Execute = (command: object, context?: never) => Promise<unknown>;

/** Stands around the bus from here on; the names of commands are those of their classes, so they are known beforehand. */
export function observeCommands(bus: Pick<CommandBus, 'execute'>, metrics: Pick<Metrics, 'measure'>): void {
  const execute = bus.execute.bind(bus) as Execute;
  const observed: Execute = async (command, context) => {
    const startedAt = performance.now();
    const tell = (outcome: string): void => {
      const labels = { command: command.constructor.name, outcome };
      metrics.measure('partner_cloud_command_seconds', labels, (performance.now() - startedAt) / 1_000);
    };
    try {
      const span = { name: `command ${command.constructor.name}`, attributes: {} };
      const answer = await inSpan(span, () => execute(command, context));
      tell('done');
      return answer;
    } catch (error) {
      tell(problemOf(error, aboutNobody).code);
      throw error;
    }
  };
  Object.assign(bus, { execute: observed });
}
