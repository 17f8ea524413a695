import type { FillColour } from './tables';

/** Names a colour (`RRGGBB`) by its hue; null for what is too pale, too dark or no status colour. */
export function colourOf(rgb: string): FillColour | null {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map(
    (at) => Number.parseInt(rgb.slice(at, at + 2), 16) / 255,
  );
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (spread < 0.08) return most > 0.35 && most < 0.87 ? 'grey' : null;
  if (spread / most < 0.35) return null;
  const hue = hueOf(red, green, blue, most, spread);
  if (hue < 18 || hue >= 340) return 'red';
  if (hue < 66) return 'amber';
  if (hue < 165) return 'green';
  return hue < 260 ? 'blue' : null;
}

/** The hue of a colour in degrees, 0 to 360. */
function hueOf(red: number, green: number, blue: number, most: number, spread: number): number {
  if (most === red) return (60 * ((green - blue) / spread) + 360) % 360;
  if (most === green) return 60 * ((blue - red) / spread) + 120;
  return 60 * ((red - green) / spread) + 240;
}
