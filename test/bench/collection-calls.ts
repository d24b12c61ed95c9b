import type { ServiceProcess } from '../jobs/harness/service-process.ts';

/** How many calls collectors made, by their own metrics. */
export async function callsOf(
  collectors: readonly ServiceProcess[],
): Promise<{ readonly calls: number; readonly throttled: number }> {
  let calls = 0;
  let throttled = 0;
  for (const { log } of collectors) {
    const url = /"health":"(http[^"]+)"/.exec(log())?.[1];
    const metrics = await (await fetch(`${url}/metrics`)).text();
    for (const line of metrics.split('\n').filter((each) => each.startsWith('ecr_audit_aws_calls_total{'))) {
      const count = Number(line.split(' ').at(-1));
      calls += count;
      throttled += line.includes('result="throttled"') ? count : 0;
    }
  }
  return { calls, throttled };
}
