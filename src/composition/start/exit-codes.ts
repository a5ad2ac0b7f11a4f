/** How the programs end, for whoever starts them; docs/operations/README.md has the same table. */

/** It stopped when it was asked to. */
export const asAsked = 0;
export const failed = 1;
/** What it needs is mended by the next start (as `EX_TEMPFAIL` of sysexits.h): supervisors should start it again. */
export const startAgain = 75;
/** As `EX_CONFIG` of sysexits.h. */
export const wrongConfiguration = 78;
