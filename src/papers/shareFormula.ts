/**
 * A formula for a figure's share of its column, in whole percents that add up to 100 by the largest remainder (ties: the larger figure,
 * then the upper line): what `sharesOf` works out, for a sheet. `first` and `last` are the rows of all figures, `row` that of this one.
 */
export function shareFormula(column: string, first: number, last: number, row: number): string {
  const all = `$${column}$${first}:$${column}$${last}`;
  const own = `$${column}$${row}`;
  const total = `SUM(${all})`;
  const remainders = `MOD(${all}*100,${total})`;
  const remainder = `MOD(${own}*100,${total})`;
  const ahead = [
    `(${remainders}>${remainder})`,
    `(${remainders}=${remainder})*(${all}>${own})`,
    `(${remainders}=${remainder})*(${all}=${own})*(ROW(${all})<${row})`,
  ].join('+');
  const missing = `100-SUMPRODUCT(INT(${all}*100/${total}))`;
  return `IF(${total}=0,0,(INT(${own}*100/${total})+IF(SUMPRODUCT(${ahead})<${missing},1,0))/100)`;
}
