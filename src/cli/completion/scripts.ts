export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** The file that teaches a shell to complete `cfy`. The shell asks the program itself, which answers in lines. */
export const completionScript = (shell: Shell): string => SCRIPTS[shell];

/** Where the packages of the shells look for it. */
export const SCRIPT_FILES: Readonly<Record<Shell, string>> = { bash: "cfy.bash", zsh: "_cfy", fish: "cfy.fish" };

const BASH = `# bash completion for cfy. Load it with: source <(cfy completion bash)
_cfy() {
  local cur=\${COMP_WORDS[COMP_CWORD]} line
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :file) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
      :directory) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
      *) COMPREPLY+=("$line") ;;
    esac
  done < <("\${COMP_WORDS[0]}" __complete bash "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[=,] ]] && compopt -o nospace 2>/dev/null
}
complete -F _cfy cfy
`;

const ZSH = `#compdef cfy
# zsh completion for cfy. Load it with: source <(cfy completion zsh)
_cfy() {
  local line
  local -a described open
  while IFS= read -r line; do
    case $line in
      :file) _files; return ;;
      :directory) _files -/; return ;;
      :=*) open+=("\${line#:=}") ;;
      *) described+=("$line") ;;
    esac
  done < <("\${words[1]}" __complete zsh "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( \${#open} )) && _describe -V 'cfy' open -S ''
  (( \${#described} )) && _describe -V 'cfy' described
}
if [[ \${funcstack[1]} == _cfy ]]; then
  _cfy "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
  compdef _cfy cfy
fi
`;

const FISH = `# fish completion for cfy. Load it with: cfy completion fish | source
function __cfy_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in ($words[1] __complete fish $words[2..] 2>/dev/null)
        switch $line
            case :file
                __fish_complete_path (commandline -ct)
            case :directory
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c cfy -f -a '(__cfy_complete)'
`;

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
