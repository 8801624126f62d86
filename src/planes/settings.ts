import type { Duration } from '../core/values.ts';

/** What a server's operator chose about the planes. */
export interface PlaneSettings {
  readonly activationFloor: Duration;
  readonly groupCeiling: Duration;
}
