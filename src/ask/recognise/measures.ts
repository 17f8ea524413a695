import { as, either, maybe, type Parser, seq, token, words } from '../parser';
import type { Piece } from '../piece';
import type { WhichMeasures } from '../question';
import { sentences, whole } from './commands/whole';
import { measurePhrase } from './titles';

/** Questions about measures and about what the board is asked to decide; read only where the plan has such things. */

const asks = (which: WhichMeasures, pattern: string) =>
  sentences({ do: 'measures', which, ref: null }, pattern);

const all = asks(
  'all',
  `measures | kpis | measure | kpi | indicators
    | how are/is measures/kpis/indicators doing/going/looking/performing?
    | how do/did measures/kpis/indicators stand/look/do
    | show/list/give me? us? all? measures/kpis/indicators | all measures/kpis/indicators
    | where do/are measures/kpis/indicators stand? | are measures/kpis on track/target
    | what is position/state/status of measures/kpis | measures/kpis report/summary/position`,
);

const off = asks(
  'off',
  `which/what measures/kpis are? off/behind/below/missing/under track/target/targets/plan
    | which/what measures/kpis are not on/meeting track/target/targets
    | show/list? me? measures/kpis off/behind/below/missing/under track/target/targets/plan
    | measures/kpis not on/meeting track/target/targets | off track/target measures/kpis
    | failing measures/kpis | which measures/kpis are failing/slipping`,
);

const on = asks(
  'on',
  `which/what measures/kpis are on/meeting track/target/targets
    | measures/kpis on/meeting track/target/targets | on track/target measures/kpis`,
);

const unread = asks(
  'unread',
  `which/what measures/kpis were/are/have/was/has not been? read/reported/updated
    | show/list? me? measures/kpis not been? read/reported/updated | unread measures/kpis
    | measures/kpis without reading/readings | which measures/kpis have no reading/readings`,
);

/** One measure by its ref: `KPI 2`, `measure 3`, `how is KPI 2 doing`. */
const one = as(
  seq(
    maybe(words('how is/are | show/give me? | what is | tell me about')),
    words('kpi | measure | indicator'),
    either(token('number'), token('code'), token('ref')),
    maybe(words('doing | going | looking | performing | at')),
  ),
  ([, , { word }]) => whole({ do: 'measures', which: 'all', ref: word }),
);

/** One measure by words of its name: `how is advice in time doing`, `show the measure calls answered`. */
const named = as(
  seq(
    words(
      'how is/are | how did | show/give me? | what is | what about | tell me about | where is/are | measure | kpi',
    ),
    maybe(words('the')),
    maybe(words('measure | kpi | indicator')),
    measurePhrase,
    maybe(words('doing | going | looking | performing | at | do | stand')),
  ),
  ([, , , name]) => whole({ do: 'measures', which: 'all', ref: null, named: name }),
);

const decisions = sentences(
  { do: 'decisions' },
  `decisions | decision | decisions to take/make | which/what decisions are there/asked/wanted/needed?
    | what decisions does board take/make | what does board have to decide | what is board to decide
    | what must/should/does board need? decide | show/list me? decisions/recommendations
    | recommendations | recommendations for decision/board | what is recommended`,
);

const any = either(one, named, off, on, unread, all, decisions);

/** Everything about measures and decisions. */
export const measures: Parser<Piece> = as(any, (piece, { context }) => (context.measures ? piece : null));
