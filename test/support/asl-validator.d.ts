declare module 'asl-validator' {
  /** Changes the definition: it fills in defaults. */
  export default function validate(definition: unknown): { readonly isValid: boolean; readonly errors: unknown[] };
}
