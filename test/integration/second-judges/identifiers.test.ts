import { describeIdentifierJudges } from '@test/property/standard/identifier-judges'

describeIdentifierJudges(1_000_000)
