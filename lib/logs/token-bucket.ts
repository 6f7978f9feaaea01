/**
 * How much may be taken per second, with room for a burst. What is asked for is always given and may leave a debt; while
 * there is one, nothing new is let in. So an upload that was let in is never stopped half-way by the rate.
 */
export class TokenBucket {
  private tokens: number;
  private at: number;

  constructor(
    readonly perSecond: number,
    private readonly burst: number,
    private readonly now: () => number,
  ) {
    this.tokens = burst;
    this.at = now();
  }

  take(amount: number): void {
    this.refill();
    this.tokens -= amount;
  }

  /** Milliseconds until the debt is paid; 0 when something may be taken now. */
  waitMs(): number {
    this.refill();
    return this.tokens >= 1 ? 0 : Math.ceil(((1 - this.tokens) / this.perSecond) * 1000);
  }

  private refill(): void {
    const now = this.now();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.at) / 1000) * this.perSecond);
    this.at = now;
  }
}
