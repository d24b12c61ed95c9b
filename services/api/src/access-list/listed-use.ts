/** That a right was not used, or why that is not known. */
export interface ListedUse {
  readonly status: 'unused' | 'notKnown';
  /** The window in which its use would have shown. */
  readonly from: string | null;
  readonly until: string | null;
  readonly confidence: 'low' | 'medium' | 'high' | null;
  readonly reason: string | null;
}
