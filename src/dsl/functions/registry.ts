import { concat } from "./concat.ts";
import type { FunctionDefinition } from "./definition.ts";
import { getAttribute } from "./get-attribute.ts";
import { getAttributesDict } from "./get-attributes-dict.ts";
import { getAttributesList } from "./get-attributes-list.ts";
import { getCapability } from "./get-capability.ts";
import { getConsumers } from "./get-consumers.ts";
import { getEnvironmentCapability } from "./get-environment-capability.ts";
import { getGroupCapability } from "./get-group-capability.ts";
import { getInput } from "./get-input.ts";
import { getLabel } from "./get-label.ts";
import { getProperty } from "./get-property.ts";
import { getSecret } from "./get-secret.ts";
import { getSys } from "./get-sys.ts";
import { merge } from "./merge.ts";
import type { FunctionName } from "./recognize.ts";
import { stringLower, stringUpper } from "./string-case.ts";
import { stringFind } from "./string-find.ts";
import { stringReplace } from "./string-replace.ts";
import { stringSplit } from "./string-split.ts";

export const FUNCTIONS: Readonly<Record<FunctionName, FunctionDefinition>> = {
  get_input: getInput,
  get_property: getProperty,
  get_attribute: getAttribute,
  get_attributes_list: getAttributesList,
  get_attributes_dict: getAttributesDict,
  get_secret: getSecret,
  get_capability: getCapability,
  get_group_capability: getGroupCapability,
  get_environment_capability: getEnvironmentCapability,
  get_label: getLabel,
  get_sys: getSys,
  get_consumers: getConsumers,
  concat,
  merge,
  string_find: stringFind,
  string_replace: stringReplace,
  string_split: stringSplit,
  string_lower: stringLower,
  string_upper: stringUpper,
};
