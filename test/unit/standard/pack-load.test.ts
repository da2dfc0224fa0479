import { loadStandard } from '@engine/standards/standard-loader'
import { expect, it } from 'vitest'

it('loads', () => {
  const standard = loadStandard('resources/standards/pingxiang-credit/2026.1')
  expect([...standard.types.keys()]).toEqual(['XZXK_FR', 'XZXK_ZRR', 'XZCF_FR', 'XZCF_ZRR', 'RYBZ_FR'])
})
