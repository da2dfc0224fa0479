import { uuidv7 } from 'uuidv7'
import { canonicalSha256 } from '@engine/crypto/digest'
import type { WireItem } from '@shared/domain/exchange'
import type { Operation } from '@shared/domain/record-status'
import { inventedName, inventedUscc, testBureau } from '@test/fixtures/invented-subjects'

/** A flawless licence of an invented company; every number gives another one. */
export function licencePayload(number: number): Record<string, string> {
  return {
    XK_XDR_MC: inventedName(number),
    XK_XDR_LB: '法人及非法人组织',
    XK_XDR_SHXYM: inventedUscc(number),
    XK_FRDB: '张示例',
    XK_XKWS: '食品经营许可证',
    XK_WSH: `萍示管许〔2026〕${number}号`,
    XK_XKLB: '普通',
    XK_NR: '准予从事食品经营',
    XK_JDRQ: '2026-02-27',
    XK_YXQZ: '2026-02-27',
    XK_YXQZI: '2031-02-26',
    XK_XKJG: testBureau.name,
    XK_XKJGDM: testBureau.code,
    XK_ZT: '1',
    XK_LYDW: testBureau.name,
    XK_LYDWDM: testBureau.code,
  }
}

/** An item of a new record with that licence. */
export function licenceItem(number: number, itemNo = 1, change: Partial<WireItem> = {}): WireItem {
  const payload = change.payload ?? licencePayload(number)
  return {
    itemNo,
    recordId: uuidv7(),
    revision: 1,
    op: 'create',
    recordType: 'XZXK_FR',
    standard: { id: 'pingxiang-credit', version: '2026.1' },
    naturalKey: `XZXK_FR|${testBureau.code}|${payload['XK_WSH']}|${payload['XK_XDR_SHXYM']}`,
    legalDate: '2026-02-27',
    platformRef: null,
    inReplyTo: null,
    reason: null,
    sha256: canonicalSha256(payload),
    ...change,
    payload,
  }
}

/** The next revision of an accepted item under an operation. */
export function nextRevision(
  item: WireItem,
  op: Operation,
  platformRef: string | null,
  change: Partial<WireItem> = {},
): WireItem {
  const payload = change.payload ?? item.payload
  return {
    ...item,
    itemNo: 1,
    revision: item.revision + 1,
    op,
    platformRef,
    reason: op === 'create' || op === 'correct' ? null : '决定已撤销',
    sha256: canonicalSha256(payload),
    ...change,
    payload,
  }
}
