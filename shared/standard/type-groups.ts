import { policyClasses, type PolicyClass, type RecordTypeSpec } from './pack'

/** The record types of one policy class, in the order of the standard. */
export interface TypeGroup<Type extends Pick<RecordTypeSpec, 'policyClass'> = RecordTypeSpec> {
  readonly policyClass: PolicyClass
  readonly types: readonly Type[]
}

/** Record types by policy class, in the order of the policy; classes without a type are left out. */
export function groupTypes<Type extends Pick<RecordTypeSpec, 'policyClass'>>(
  types: readonly Type[],
): readonly TypeGroup<Type>[] {
  return policyClasses
    .map((policyClass) => ({
      policyClass,
      types: types.filter((type) => type.policyClass === policyClass),
    }))
    .filter((group) => group.types.length > 0)
}
