/** The four switches by which S3 blocks public access, of a bucket as of an account. */

/** Source: S3 API, PublicAccessBlockConfiguration. */
export const everyBlock = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

export const blocksAll = (block: Readonly<Partial<Record<keyof typeof everyBlock, boolean>>> = {}): boolean =>
  block.BlockPublicAcls === true &&
  block.IgnorePublicAcls === true &&
  block.BlockPublicPolicy === true &&
  block.RestrictPublicBuckets === true;
