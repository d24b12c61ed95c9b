/** Matches a text that holds another. */
export function expectText(part: string): unknown {
  return {
    $$typeof: Symbol.for('jest.asymmetricMatcher'),
    asymmetricMatch: (text: unknown) => typeof text === 'string' && text.includes(part),
    toString: () => `text with "${part}"`,
  };
}
