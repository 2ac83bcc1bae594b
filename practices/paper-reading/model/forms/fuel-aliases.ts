/** How papers name fuels besides the standard's titles. Source: GA/T 16.9; domain 2.9. */
export const fuelAliases: Readonly<Record<string, string>> = Object.freeze({
  纯电动: 'C',
  纯电: 'C',
  插电式混合动力: 'O',
  插电混动: 'O',
  油电混合: 'O',
  压缩天然气: 'E',
  液化天然气: 'E',
  氢燃料: 'P',
});
