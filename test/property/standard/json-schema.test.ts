import { describeSchemaJudge } from './schema-judge'

// A slice; the integration tests judge 20,000 records of the types of the first class.
describeSchemaJudge({ thorough: 200, others: 50 })
