/**
 * A text as SARIF shows it again: braces stand for arguments of a message unless they are doubled, and `[text](target)` would become a
 * link to wherever a name says. https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317461
 */
export function sarifText(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}').replaceAll('](', '] (');
}
