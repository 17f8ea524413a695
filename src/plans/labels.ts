/** What a label says that the lines below it, or the cell beside it, are. */
export type LabelKind =
  | 'narrative'
  | 'outcome'
  | 'measure'
  | 'recommendation'
  | 'assurance'
  | 'glossary'
  | 'other';

const WHEN = '(?:\\s*\\([^)]*\\)|\\s+(?:this|for the|in the) (?:month|period|quarter|reporting period))?';
const end = (pattern: string): RegExp => new RegExp(`^(?:${pattern})${WHEN}$`, 'i');

const LABELS: readonly (readonly [LabelKind, RegExp])[] = [
  [
    'recommendation',
    end(
      '(?:key )?(?:recommendations?|decisions?|asks?)(?: (?:required|needed|sought))?(?: (?:for|to|of|from|by)(?: the)? (?:decision|board|be (?:made|taken)|approval|discussion)s?){0,2}(?: (?:required|needed|sought))?|(?:the )?(?:board|group|members) (?:is|are) (?:asked|recommended|invited|requested) to',
    ),
  ],
  [
    'assurance',
    end('(?:business as usual|bau|assurance)(?: (?:activity|activities|assurance|actions?|work))?'),
  ],
  [
    'glossary',
    end(
      '(?:glossary|key to (?:the )?(?:initials|(?:named )?leads|abbreviations|acronyms|names|roles|people|staff|owners|(?:(?:lead|responsible|accountable|named)(?: (?:and|or|&) (?:lead|responsible|accountable|named))? )?(?:officers|persons|people))|designations|(?:lead|accountable|responsible) officers|(?:list of |(?:lead|officer|owner|role|post|staff|job)s? )?(?:abbreviations|acronyms|initials|codes)|key (?:roles|people|contacts|personnel|officers)|named leads|who.?s who)(?: (?:and|of|&) [\\w ]{3,20})?',
    ),
  ],
  [
    'outcome',
    end(
      '(?:(?:intended|expected|desired|key|our|planned|strategic|priority)\\s+)*(?:outcomes?|objectives?|aims?)(?: (?:and|&) (?:aims|objectives|outcomes))?(?: for (?:our )?(?:children|families|young people|parents|pupils|residents|the child)[\\w ,]{0,40})?|what (?:will be different|difference will (?:it|this|we) make|(?:do )?we want to achieve|(?:does )?(?:success|good) looks? like|will success look like)|(?:what )?success (?:looks like|statements?)',
    ),
  ],
  [
    'measure',
    end(
      '(?:(?:impact|success|key|outcome|performance|our)\\s+)*(?:measures?(?: of (?:success|impact))?|kpis?|indicators?)|success criteria|how (?:will|do) we (?:know|measure)[\\w ]{0,40}',
    ),
  ],
  [
    'narrative',
    end(
      "(?:(?:overall|monthly|quarterly|group|priority|work ?stream|highlight|current|latest|executive|brief|general|lead(?:’|')?s?)\\s+)*(?:narratives?|commentary|comments?|progress(?: (?:summary|updates?|reports?|narrative|to date|so far))?|summary(?: of (?:progress|position))?|updates?|position(?: statement)?|highlights?|achievements?|headlines?|overview|context|background|rationale)|impact(?: (?:so far|to date|summary|statement))?|what (?:is|has) (?:gone|going|been|changed|happened)[\\w ]{0,30}|key (?:achievements|messages|points|progress)|(?:planned )?next steps|areas? of (?:concern|risk|focus)|(?:summary of )?(?:findings|the concern)|what (?:did )?(?:the )?inspectors (?:said|found|say)|(?:key )?(?:risks|challenges|barriers)(?: and (?:issues|mitigations?|barriers))?",
    ),
  ],
  // What only says that a table of them follows.
  [
    'other',
    end('(?:(?:the|our|key|agreed|planned|improvement|current) )*actions?(?: (?:table|log|update)s?)?'),
  ],
];

/** A label and the text that stands with it; the text is empty for a label alone. */
export interface Labelled {
  readonly kind: LabelKind;
  readonly label: string;
  readonly text: string;
}

/** Reads a line as a label (`Outcomes:`), or as a label and its text (`Narrative: all is well`); null when it is neither. */
export function readLabel(line: string): Labelled | null {
  const text = line.trim();
  const alone = kindOfLabel(text);
  if (alone) return { kind: alone, label: text, text: '' };
  const parted = /^([^:\n]{3,60}?)\s*(?::|–|—|\n)\s*([\s\S]+)$/.exec(text);
  if (!parted?.[1] || !parted[2]) return null;
  const kind = kindOfLabel(parted[1]);
  return kind ? { kind, label: parted[1], text: parted[2].trim() } : null;
}

/** What a short text is a label of; null when it is none. */
export function kindOfLabel(text: string): LabelKind | null {
  const plain = text
    .replace(/[’‘]/g, "'")
    .replace(/^\d+[.)]\s+/, '')
    .replace(/\(s\)/gi, 's')
    .replace(/\s*[:–—?-]+\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '' || plain.length > 90) return null;
  return LABELS.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}

/** The items of a list, whether each has a line of its own or they stand in one paragraph with bullets between. */
export function itemsOf(text: string): string[] {
  return text
    .split(/\n|(?:^|\s)[•▪●➤]\s*/)
    .map((item) => item.replace(/^[\s•▪●*–-]+/, '').trim())
    .filter((item) => item !== '');
}
