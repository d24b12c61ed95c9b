/** Who runs the command, as the system knows them: for records of who did something, not for permission. */
export function systemUser(): string {
  const { SUDO_USER, USER, LOGNAME, USERNAME } = process.env;
  return SUDO_USER ?? USER ?? LOGNAME ?? USERNAME ?? 'unknown';
}
