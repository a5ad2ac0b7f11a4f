/** The operator's brakes on the making of accounts: at one payer, or under the id `all` at every payer. */

import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ChangePayer } from '../../../application/commands/change-payer.js';
import type { Sender } from '../../../application/streams/causes.js';
import { SentBy } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { Optional, Text, Words } from '../kit/fields.js';
import { Allow } from '../kit/route-action.js';
import { NoBody } from './inputs.js';

class PayerPath {
  @Text(/^[a-z0-9][a-z0-9-]{0,31}$/, 'the id of a payer in the configuration, or all')
  readonly id!: string;
}

class PauseBody {
  @Optional()
  @Words(/^[^\p{Cc}]{1,500}$/u, '1 to 500 printable characters that say why; operators and auditors read them')
  readonly words?: string;
}

@Controller('v1/payers/:id')
export class PayersController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post('pause')
  @HttpCode(200)
  @Allow('pauseVending')
  async pause(
    @Param(checked(PayerPath)) { id }: PayerPath,
    @Body(checked(PauseBody)) { words }: PauseBody,
    @SentBy() by: Sender,
  ) {
    return this.change(id, { type: 'PauseVending', ...(words === undefined ? {} : { words }) }, by);
  }

  @Post('resume')
  @HttpCode(200)
  @Allow('resumeVending')
  async resume(@Param(checked(PayerPath)) { id }: PayerPath, @Body(checked(NoBody)) _: NoBody, @SentBy() by: Sender) {
    return this.change(id, { type: 'ResumeVending' }, by);
  }

  /** Where the brake stands now, and the position to give a read as `minPosition`. */
  private async change(id: string, change: ChangePayer['change'], by: Sender) {
    const { payer, position, hash } = await this.commands.execute(new ChangePayer(id, change, by));
    return { id, ...payer, position, hash };
  }
}
