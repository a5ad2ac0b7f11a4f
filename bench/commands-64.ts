/** Commands through the command bus with 64 under way at once, against durable appends one by one in the same run. */
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { ChangeProvider, ChangeProviderHandler } from '../src/application/commands/change-provider.js';
import { DEPENDENCIES } from '../src/application/dependencies.js';
import { systemClock } from '../src/application/ports/clock.js';
import type { EventStore } from '../src/application/ports/event-store.js';
import { openStreams, type Streams } from '../src/application/streams/streams.js';
import { openSqliteEventStore } from '../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openAppends } from './append-one.js';
import { type Benchmark, perSecond, rounds } from './benchmark.js';
import { fill, requested } from './events.js';
import { runFolder } from './folders.js';
import { inFlight } from './in-flight.js';
import { settings, terms } from './settings.js';

const atOnce = 64;
const providers = 5_000;

export const benchmark: Benchmark = {
  name: 'commands-64',
  rounds,
  figures: [
    {
      unit: 'commands/s',
      better: 'higher',
      marks: [
        { on: 'ratio', at: 5 },
        { on: 'value', at: 6_000 },
      ],
    },
  ],
  async open(smoke) {
    const [commands, appends] = smoke ? [200, 50] : [20_000, 2_000];
    const store = openSqliteEventStore({ file: join(runFolder(), 'events.db') });
    const appendOne = await openAppends(store, 'one');
    const idOf = (index: number): string => `renamed-${index % providers}`;
    await fill(store, providers, (index) => ({
      stream: `provider-${idOf(index)}`,
      event: requested('acme'),
      at: Date.now(),
    }));
    const rename = await openRenames(store, idOf);
    return {
      ours: async () => [await perSecond(commands, () => inFlight(atOnce, commands, rename))],
      baseline: async () => [await perSecond(appends, () => appendOne(appends))],
      close: () => store.close(),
    };
  },
};

/** Each call renames the next provider by a command. */
export async function openRenames(store: EventStore, idOf: (index: number) => string): Promise<() => Promise<unknown>> {
  const bus = await openBus(openStreams(store, systemClock, () => undefined));
  let renames = 0;
  return () => {
    const name = `Production ${renames}`;
    return bus.execute(new ChangeProvider(idOf(renames++), { type: 'Rename', name }, { caller, key: undefined }));
  };
}

const caller = {
  actor: 'https://demo.partner-cloud.example#u-7f3a91c04be2',
  subject: 'u-7f3a91c04be2',
  organization: 'acme',
  roles: ['administrator' as const],
};

/** Nest's command bus with the handler of these commands; only what the handler uses is there. */
async function openBus(streams: Streams): Promise<CommandBus> {
  class CommandsModule {}
  Module({
    imports: [CqrsModule],
    providers: [
      ChangeProviderHandler,
      { provide: DEPENDENCIES, useValue: { streams, settings, terms, clock: systemClock } },
    ],
  })(CommandsModule);
  const app = await NestFactory.createApplicationContext(CommandsModule, { logger: false });
  await app.init();
  return app.get(CommandBus);
}
