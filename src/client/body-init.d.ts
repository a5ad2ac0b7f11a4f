/** The generated client names a type that browsers have and Node's types do not. */
type BodyInit = NonNullable<RequestInit['body']>;
