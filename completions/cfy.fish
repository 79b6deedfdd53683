# fish completion for cfy. Load it with: cfy completion fish | source
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
