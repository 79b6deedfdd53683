/** A span of time for people: `0.4s`, `12.3s`, `2m05s`, `1h02m`. */
export function elapsedText(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0 ? `${hours}h${two(minutes)}m` : `${minutes}m${two(whole % 60)}s`;
}

/** The same in whole seconds, for what goes on. None have passed yet where the server's clock is ahead of this one. */
export const secondsText = (seconds: number): string =>
  seconds < 60 ? `${Math.max(0, Math.floor(seconds))}s` : elapsedText(Math.floor(seconds));

const two = (value: number): string => String(value).padStart(2, "0");
