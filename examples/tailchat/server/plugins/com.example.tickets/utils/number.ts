/**
 * 7 → T-0007
 */
export function numberOf(count: number): string {
  return `T-${String(count).padStart(4, '0')}`;
}
