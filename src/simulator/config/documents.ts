/** What the simulated AWS Config remembers of a region: one recorder and one delivery channel. */
import type { Call } from '../engine/core.js';

/** Kind `config-recorder`, key: the region. Times are milliseconds since the epoch. */
export interface RecorderDocument {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** In AWS's own shape, complete. */
  readonly recordingGroup: Readonly<Record<string, unknown>>;
  readonly recordingMode: Readonly<Record<string, unknown>>;
  readonly recording: boolean;
  readonly startedAt: number | null;
  readonly stoppedAt: number | null;
}

/** Kind `config-delivery-channel`, key: the region. */
export interface ChannelDocument {
  readonly name: string;
  readonly bucket: string;
  /** The channel in AWS's own shape. */
  readonly members: Readonly<Record<string, unknown>>;
}

const [recorder, channel] = ['config-recorder', 'config-delivery-channel'];

export const recorderOf = ({ documents, account, region }: Call): RecorderDocument | undefined =>
  documents.get<RecorderDocument>(recorder, account, region);
export const putRecorder = ({ documents, account, region }: Call, document: RecorderDocument): void =>
  documents.put(recorder, account, region, document);
export const removeRecorder = ({ documents, account, region }: Call): void =>
  documents.remove(recorder, account, region);

export const channelOf = ({ documents, account, region }: Call): ChannelDocument | undefined =>
  documents.get<ChannelDocument>(channel, account, region);
export const putChannel = ({ documents, account, region }: Call, document: ChannelDocument): void =>
  documents.put(channel, account, region, document);
export const removeChannel = ({ documents, account, region }: Call): void => documents.remove(channel, account, region);
