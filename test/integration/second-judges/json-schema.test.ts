import { describeSchemaJudge } from '@test/property/standard/schema-judge'

describeSchemaJudge({ thorough: 20_000, others: 1_000 })
