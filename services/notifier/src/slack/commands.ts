/** What to run on a command line about a finding, ready to be pasted. `targetKey` null leaves it to the command. */
export function acknowledgeCommand(fingerprint: string, targetKey: string | null): string {
  return `ecr-audit findings acknowledge ${shellWord(fingerprint)}${targetOption(targetKey)}`;
}

export function approveCommand(fingerprint: string, targetKey: string | null): string {
  return `ecr-audit exceptions add ${shellWord(fingerprint)} --until 30d --reason '…'${targetOption(targetKey)}`;
}

// Always named where it is known: the same finding may be in several targets, and the command would take one of them.
function targetOption(targetKey: string | null): string {
  return targetKey === null ? '' : ` --target ${shellWord(targetKey)}`;
}

/** Names are not ours: one with a quote or a semicolon in it must not become another command. */
function shellWord(text: string): string {
  return /^[\w.:/@-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
