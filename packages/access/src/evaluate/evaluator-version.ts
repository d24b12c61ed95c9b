/**
 * The version of the rules, raised whenever an answer changes. A snapshot that was scanned under another version is
 * evaluated again, so that no answer of an older evaluator stands for one of this.
 */
export const EVALUATOR_VERSION = '2';
