import type { Planes } from '../core/plane.ts';
import { azure } from './azure.ts';
import { entra } from './entra.ts';
import { groups } from './groups.ts';
import type { PlaneSettings } from './settings.ts';

/** The three planes. */
export const planes = (settings: PlaneSettings): Planes => ({
  azure: azure(settings),
  entra: entra(settings),
  groups: groups(settings),
});
