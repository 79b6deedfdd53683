export { DslError, type DslErrorClass, type DslErrorDetails, type SourceLocation } from "./errors.ts";
export {
  evaluateCapabilities,
  evaluateFunctions,
  evaluateNodeProperties,
  evaluateOutputs,
  evaluateRuntimeProperties,
} from "./functions/runtime.ts";
export type { EvaluationContext, EvaluationStorage, StoredNode, StoredNodeInstance } from "./functions/storage.ts";
export { defaultLimits, type Limits } from "./limits.ts";
export { type ParseOptions, type ParseResult, parseBlueprint, type SourceTexts } from "./parse.ts";
export type * from "./plan.ts";
export { type PrepareOptions, prepareDeployment } from "./prepare/deployment.ts";
export { type CheckedParameters, checkParameters, resolveInputs, type ValueOptions } from "./prepare/inputs.ts";
export { type EntityModification, type Modification, type ModifyRequest, modifyDeployment } from "./prepare/modify.ts";
export type { ObjectLookup } from "./prepare/object-values.ts";
export type { SecretExists } from "./prepare/secrets.ts";
export { toJson } from "./report/json.ts";
export { type SarifTool, toSarif } from "./report/sarif.ts";
export { renderText, type TextOptions } from "./report/text.ts";
export type * from "./resolver.ts";
export { folderResolver } from "./resolvers/folder.ts";
export { memoryResolver } from "./resolvers/memory.ts";
export { type ValidateOptions, type ValidationReport, validateBlueprint } from "./validate.ts";
