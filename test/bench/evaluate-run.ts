import { assembleSnapshot } from '@ecr-audit/access';
import { evaluateFully, peakBytes } from './evaluate-fully.ts';
import { readParts } from './scratch.ts';

/* One evaluation in a process of its own: `evaluate-run.ts PARTS`. */

const [, , file = ''] = process.argv;
const snapshot = assembleSnapshot(readParts(file));
const { evaluateMs, evaluateCpuMs } = evaluateFully(snapshot);
process.stdout.write(JSON.stringify({ evaluateMs, evaluateCpuMs, peakBytes: peakBytes() }));
