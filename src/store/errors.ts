/** PostgreSQL cannot be reached, or refuses work for now. Retrying later may help. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** A string that PostgreSQL cannot hold unchanged (U+0000, a lone surrogate): storing it would break the hash. */
export class UnstorableText extends Error {
  override readonly name = 'UnstorableText';
}

/** More bytes than allowed; nothing was kept. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}
