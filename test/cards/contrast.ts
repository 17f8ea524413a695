/*
 * Text on its ground in Teams' themes. The colours are facts of Microsoft's published host configurations
 * (https://github.com/microsoft/AdaptiveCards/tree/main/samples/HostConfig: microsoft-teams-light.json, microsoft-teams-dark.json). For high contrast none is
 * published: there Teams shows white on black, so only words and letters count.
 */

type Json = Readonly<Record<string, unknown>>;

/** A colour as host configurations write it: `#RRGGBB` or `#AARRGGBB`. */
type Hex = `#${string}`;
type Colour = 'default' | 'accent' | 'good' | 'warning' | 'attention';
type Style = 'default' | 'emphasis' | 'accent' | 'good' | 'warning' | 'attention';

interface Theme {
  readonly ground: Readonly<Record<Style, Hex>>;
  readonly text: Readonly<Record<Colour, readonly [plain: Hex, subtle: Hex]>>;
  /** Where a coloured ground has default text of its own. */
  readonly onColour: readonly [plain: Hex, subtle: Hex];
}

const COLOURED = { accent: '#C7DEF9', good: '#CCFFCC', attention: '#FFC5B2', warning: '#FFE2B2' } as const;

export const THEMES: Readonly<Record<'light' | 'dark', Theme>> = {
  light: {
    ground: { default: '#ffffff', emphasis: '#f9f8f7', ...COLOURED },
    text: {
      default: ['#252424', '#bf252424'],
      accent: ['#6264a7', '#8b8cc7'],
      good: ['#92c353', '#e592c353'],
      warning: ['#f8d22a', '#e5f8d22a'],
      attention: ['#c4314b', '#e5c4314b'],
    },
    onColour: ['#252424', '#bf252424'],
  },
  dark: {
    ground: { default: '#2d2c2c', emphasis: '#292828', ...COLOURED },
    text: {
      default: ['#ffffff', '#bfffffff'],
      accent: ['#a6a7dc', '#8b8cc7'],
      good: ['#92c353', '#e592c353'],
      warning: ['#f8d22a', '#e5f8d22a'],
      attention: ['#d74654', '#e5d74654'],
    },
    onColour: ['#201f1f', '#2d2c2c'],
  },
};

/** A piece of text as it stands in a card. */
export interface ShownText {
  readonly text: string;
  readonly colour: Colour;
  readonly subtle: boolean;
  /** The ground that it stands on. */
  readonly style: Style;
}

const GROUNDS = ['Container', 'Column', 'ColumnSet', 'TableRow', 'TableCell'];

/** All text that a card shows, with what it stands on. Buttons and inputs are the client's own. */
export function textsIn(part: unknown, style: Style = 'default'): ShownText[] {
  if (Array.isArray(part)) return part.flatMap((one) => textsIn(one, style));
  if (typeof part !== 'object' || part === null) return [];
  const json = part as Json;
  const type = String(json.type ?? '');
  if (type.startsWith('Action.')) return [];
  const ground = groundOf(json, style);
  const own: ShownText[] =
    (type === 'TextRun' || type === 'TextBlock') && typeof json.text === 'string' && json.text.trim() !== ''
      ? [
          {
            text: json.text.trim(),
            colour: colourOf(json.color),
            subtle: json.isSubtle === true,
            style: ground,
          },
        ]
      : [];
  const inner = Object.entries(json).filter(([key]) => !['fallback', 'data', 'refresh'].includes(key));
  return [...own, ...inner.flatMap(([, one]) => textsIn(one, ground))];
}

/** The ground that a part lays under what it holds; else the one that it stands on. */
export function groundOf({ type, style }: Json, under: Style): Style {
  return GROUNDS.includes(String(type)) && isStyle(style) ? style : under;
}

function isStyle(value: unknown): value is Style {
  return typeof value === 'string' && value in THEMES.light.ground;
}

function colourOf(value: unknown): Colour {
  const name = typeof value === 'string' ? value.toLowerCase() : 'default';
  return name in THEMES.light.text ? (name as Colour) : 'default';
}

/** Contrast of a text in a theme, from 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */
export function contrast(name: keyof typeof THEMES, { colour, subtle, style }: ShownText): number {
  const { ground, text, onColour } = THEMES[name];
  const isColoured = style !== 'default' && style !== 'emphasis';
  const tones = isColoured && colour === 'default' ? onColour : text[colour];
  const under = channels(ground[style]);
  const over = channels(tones[subtle ? 1 : 0]);
  const seen = over.rgb.map((value, at) => value * over.alpha + (under.rgb[at] ?? 0) * (1 - over.alpha));
  const [lighter = 0, darker = 0] = [luminance(seen), luminance(under.rgb)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function channels(hex: Hex): { readonly rgb: readonly number[]; readonly alpha: number } {
  const digits = hex.slice(1).padStart(8, 'f');
  const [alpha = 255, ...rgb] = (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return { rgb, alpha: alpha / 255 };
}

function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
