import { configureGlobal } from 'fast-check';

// A mutant is dead at the first counterexample; making that small took longer than the time limit.
configureGlobal({ endOnFailure: true });
