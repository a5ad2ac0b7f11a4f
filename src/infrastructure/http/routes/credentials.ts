/** The ways in: the temporary password while it can be shown, new credentials, the AWS console and keys for the command line. */

import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ChangeProvider } from '../../../application/commands/change-provider.js';
import { OpenCommandLineSession, OpenConsoleSession } from '../../../application/commands/open-session.js';
import { RevealCredentials } from '../../../application/commands/reveal-credentials.js';
import type { Sender } from '../../../application/streams/causes.js';
import { SentBy } from '../kit/caller.js';
import { checked } from '../kit/checked.js';
import { DecidedOn } from '../kit/conditional.js';
import { Flag, OneOf, Optional } from '../kit/fields.js';
import { Allow } from '../kit/route-action.js';
import { commandAnswer } from './answers.js';
import { commandLineAnswer } from './command-line-answer.js';
import { NoBody, ProviderPath } from './inputs.js';

export class ReissueBody {
  @Optional()
  @Flag()
  readonly resetMfa?: boolean;
}

class SessionBody {
  @OneOf('administrator', 'read-only')
  readonly role!: 'administrator' | 'read-only';
}

@Controller('v1/providers/:id')
export class CredentialsController {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  @Post('credentials/reveal')
  @HttpCode(200)
  @Allow('revealCredentials')
  async reveal(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(NoBody)) _: NoBody,
    @SentBy() by: Sender,
  ) {
    return this.commands.execute(new RevealCredentials(id, by));
  }

  @Post('credentials/reissue')
  @HttpCode(200)
  @Allow('reissueCredentials')
  async reissue(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(ReissueBody)) { resetMfa = false }: ReissueBody,
    @SentBy() by: Sender,
    @DecidedOn() decidedOn: string | undefined,
  ) {
    const done = await this.commands.execute(new ChangeProvider(id, { type: 'Reissue', resetMfa }, by, decidedOn));
    return commandAnswer(id, done);
  }

  /** Administrators choose either role; the handler holds members to the read-only one. */
  @Post('console-sessions')
  @HttpCode(201)
  @Allow('openReadOnlyConsole')
  async openConsole(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(SessionBody)) { role }: SessionBody,
    @SentBy() by: Sender,
  ) {
    return this.commands.execute(new OpenConsoleSession(id, role, by));
  }

  /** As of the console. */
  @Post('cli-sessions')
  @HttpCode(201)
  @Allow('openReadOnlyCommandLine')
  async openCommandLine(
    @Param(checked(ProviderPath)) { id }: ProviderPath,
    @Body(checked(SessionBody)) { role }: SessionBody,
    @SentBy() by: Sender,
  ) {
    return commandLineAnswer(await this.commands.execute(new OpenCommandLineSession(id, role, by)));
  }
}
