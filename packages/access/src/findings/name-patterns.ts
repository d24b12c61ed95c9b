import { matchTemplate } from '@ecr-audit/policy';

type Template = Parameters<typeof matchTemplate>[0];

/** Tells whether a name matches one of the patterns, with `*` for any characters. In linear time, whatever they hold. */
export function nameTest(patterns: readonly string[]): (name: string) => boolean {
  const templates = patterns.map(templateOf);
  return (name) => templates.some((template) => matchTemplate(template, name) === 'yes');
}

function templateOf(pattern: string): Template {
  return pattern
    .split('*')
    .flatMap((text, index): Template => [
      ...(index === 0 ? [] : [{ kind: 'star' } as const]),
      ...(text === '' ? [] : [{ kind: 'text', text } as const]),
    ]);
}
