/** The brakes: an operator pauses and resumes the making of accounts at one payer, or at all of them. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { decidePayer, everyPayer, type Payer, type PayerCommand } from '../../domain/payer.js';
import { Refusal } from '../../domain/refusal.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { payers } from '../streams/aggregates.js';
import { authorizedSender, causeOf, type Sender } from '../streams/causes.js';
import { type OnRecord, onRecord } from '../streams/on-record.js';

export class ChangePayer extends Command<OnRecord & { payer: Payer }> {
  constructor(
    /** A payer of the configuration, or `all` for the brake over all of them. */
    readonly payerId: string,
    readonly change: Exclude<PayerCommand, { type: 'NoteRefusal' }>,
    readonly by: Sender,
  ) {
    super();
  }
}

@CommandHandler(ChangePayer)
export class ChangePayerHandler implements ICommandHandler<ChangePayer> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ payerId, change, ...sent }: ChangePayer) {
    const by = authorizedSender(change.type === 'PauseVending' ? 'pauseVending' : 'resumeVending', sent.by);
    const known = [...this.on.settings.payers.map(({ id }) => id), everyPayer];
    if (!known.includes(payerId)) throw unknownPayer(payerId, known);
    const cause = causeOf(by, `payer-${payerId}`, change);
    const changed = await this.on.streams.change(payers, payerId, cause, (payer) => decidePayer(change, payer));
    return { ...onRecord(changed), payer: changed.state };
  }
}

const unknownPayer = (payerId: string, known: readonly string[]): Refusal =>
  new Refusal('not-found', `There is no payer '${payerId}'; there are: ${known.join(', ')}.`, [
    { field: 'id', problem: 'is no payer of the configuration', allowed: known.join(', ') },
  ]);
