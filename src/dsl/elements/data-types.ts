import { logicError } from "../errors.ts";
import { at, type Path } from "../path.ts";
import type { PlanDataType, PropertySchema } from "../plan.ts";
import { isBuiltInType } from "../value-types.ts";
import type { ElementContext } from "./context.ts";
import { Derivation } from "./derivation.ts";
import { PROPERTY_SHAPE, parsePropertySchemas } from "./property-schemas.ts";
import { checkShape, dict, namedEntries, type Shape, text } from "./shape.ts";
import type { DataTypeLookup, Schemas } from "./values.ts";

const SHAPE: Shape = { properties: dict, derived_from: text, description: text, version: text };
const SECTION: Path = at(null, "data_types");

/** Data types, each with the fields of its ancestors. */
export class DataTypes implements DataTypeLookup {
  private readonly types: Derivation<PlanDataType>;

  constructor(
    raw: unknown,
    private readonly context: ElementContext,
  ) {
    const entries = new Map(namedEntries(raw, SECTION, context));
    this.types = new Derivation("data_types", entries, context, this.resolve);
  }

  properties(name: string): Schemas | undefined {
    return this.types.get(name)?.properties;
  }

  isBroken(name: string): boolean {
    return this.types.isBroken(name);
  }

  names(): Iterable<string> {
    return this.types.names();
  }

  all(): Record<string, PlanDataType> {
    return Object.fromEntries(this.types.all());
  }

  private readonly resolve = (name: string, raw: unknown): PlanDataType | undefined => {
    const path = at(SECTION, name);
    if (isBuiltInType(name)) {
      throw logicError(104, `${name} is a type of the language and cannot be declared anew`, {
        at: path,
        hint: "choose another name",
      });
    }
    const fields = checkShape(raw, SHAPE, path, this.context);
    if (!fields) return undefined;
    const parentName = fields["derived_from"] as string | undefined;
    const parent = parentName === undefined ? undefined : this.types.parent(name, parentName);
    if (parentName !== undefined && !parent) return undefined;
    const propertiesPath = at(path, "properties");
    const declared = parsePropertySchemas<PropertySchema>(
      fields["properties"],
      propertiesPath,
      this.context,
      this,
      PROPERTY_SHAPE,
      "partial",
      parent?.properties,
    );
    return {
      properties: { ...parent?.properties, ...declared },
      derived_from: parentName ?? null,
      description: (fields["description"] as string | undefined) ?? null,
      version: (fields["version"] as string | undefined) ?? null,
    };
  };
}
