// `npm run check`: types, lint, format and the fast tests, two lanes side by side.
import { fastProjects, runStep, steps, vitestArgs } from './steps.mjs'

if (!(await runStep(steps.node))) process.exit(1)
const lane = async (...lots) => {
  let isSound = true
  for (const step of lots) isSound = (await runStep(step)) && isSound
  return isSound
}
const results = await Promise.all([
  lane(steps.types, steps.format),
  lane(steps.lint),
  lane(['tests', vitestArgs(fastProjects)]),
])
process.exit(results.every(Boolean) ? 0 : 1)
