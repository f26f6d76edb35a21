BeforeDiscovery {
    Import-Module $PSScriptRoot/TestServer.psm1
    Import-BitwardenModule
    $common = [Management.Automation.PSCmdlet]::CommonParameters
    $cases = foreach ($cmdlet in Get-Command -Module Bitwarden) {
        @{
            Cmdlet     = $cmdlet.Name
            Parameters = @($cmdlet.Parameters.Keys | Where-Object { $_ -notin $common } | ForEach-Object { @{ Parameter = $_ } })
            Sets       = @($cmdlet.ParameterSets | ForEach-Object { @{ Set = $_.Name } })
        }
    }
}

BeforeAll {
    # What every example gives to the cmdlet: the parameters that are bound, by name or position, and whether something is piped in.
    function Get-ExampleCall([string] $Cmdlet) {
        foreach ($example in (Get-Help $Cmdlet -Full).examples.example) {
            $script = [Management.Automation.Language.Parser]::ParseInput("$($example.code)", [ref] $null, [ref] $null)
            foreach ($call in $script.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -eq $Cmdlet }, $true)) {
                $bound = [Management.Automation.Language.StaticParameterBinder]::BindCommand($call, $true).BoundParameters
                @{
                    Bound    = @($bound.Keys)
                    HasInput = $call.Parent -is [Management.Automation.Language.PipelineAst] -and $call.Parent.PipelineElements[0] -ne $call
                }
            }
        }
    }

    function Test-Fit($Call, $Set) {
        $missing = $Set.Parameters | Where-Object { $_.IsMandatory -and $_.Name -notin $Call.Bound }
        $piped = @($missing | Where-Object { $Call.HasInput -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) })
        $takers = $Set.Parameters | Where-Object { $_.Name -notin $Call.Bound -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) }
        -not ($Call.Bound | Where-Object { $_ -notin $Set.Parameters.Name }) -and @($missing).Count -eq $piped.Count -and (-not $Call.HasInput -or $takers)
    }
}

Describe 'Help of <Cmdlet>' -ForEach $cases {
    BeforeAll {
        $help = Get-Help $Cmdlet -Full
        $command = Get-Command $Cmdlet
    }

    It 'has a synopsis' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis.Trim() | Should -Not -BeLike "$Cmdlet*"
    }

    It 'has a description' {
        ($help.description | Out-String).Trim() | Should -Not -BeNullOrEmpty
    }

    It 'has an example that uses it' {
        ($help.examples.example | ForEach-Object { $_.code } | Out-String) | Should -BeLike "*$Cmdlet*"
    }

    It 'examples parse' {
        foreach ($example in $help.examples.example) {
            $problems = $null
            $null = [Management.Automation.Language.Parser]::ParseInput("$($example.code)", [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty
        }
    }

    It 'examples say what they do' {
        foreach ($example in $help.examples.example) {
            $example.title | Should -Match '^Example \d+: \S'
            ($example.remarks | Out-String).Trim() | Should -Not -BeNullOrEmpty
        }
    }

    It 'shows set <Set> in an example' -ForEach $Sets {
        $shown = Get-ExampleCall $Cmdlet | Where-Object {
            $call = $_
            $fitting = @($command.ParameterSets | Where-Object { Test-Fit $call $_ })
            $fitting.Name -contains $Set -and ($fitting.Count -eq 1 -or $Set -eq $command.DefaultParameterSet)
        }
        $shown | Should -Not -BeNullOrEmpty
    }

    It 'describes -<Parameter>' -ForEach $Parameters {
        $described = $help.parameters.parameter | Where-Object name -EQ $Parameter
        ($described.description | Out-String).Trim() | Should -Not -BeNullOrEmpty
    }

    It 'tells how -<Parameter> binds' -ForEach $Parameters {
        $described = $help.parameters.parameter | Where-Object name -EQ $Parameter
        $actual = $command.Parameters[$Parameter]
        $binding = @($actual.ParameterSets.Values)[0]
        $described.type.name | Should -Be ([Nullable]::GetUnderlyingType($actual.ParameterType) ?? $actual.ParameterType).FullName
        $described.required | Should -Be "$($binding.IsMandatory)"
        $described.position | Should -Be $(if ($binding.Position -lt 0) { 'named' } else { "$($binding.Position)" })
        $described.pipelineInput | Should -Be $(
            if ($binding.ValueFromPipeline) { 'True (ByValue)' }
            elseif ($binding.ValueFromPipelineByPropertyName) { 'True (ByPropertyName)' }
            else { 'False' }
        )
        $described.aliases | Should -Be $(if ($actual.Aliases) { $actual.Aliases -join ', ' } else { 'none' })
        $described.globbing | Should -Be "$([bool]($actual.Attributes | Where-Object { $_ -is [Management.Automation.SupportsWildcardsAttribute] }))"
    }

    It 'describes no other parameter' {
        $help.parameters.parameter.name | Where-Object { -not $command.Parameters.ContainsKey($_) } | Should -BeNullOrEmpty
    }

    It 'has the syntax of Get-Command, set by set' {
        $actual = Get-Command $Cmdlet -Syntax | ForEach-Object { $_ -split '\r?\n' } | Where-Object { $_ } |
            ForEach-Object { [regex]::Matches($_, '\[*-\w+\]?').Value -join ' ' }
        $shown = ($help.syntax | Out-String -Width 4096) -split '\r?\n' | Where-Object { $_.Trim() } |
            ForEach-Object { [regex]::Matches($_.Trim().Substring($Cmdlet.Length), '\[*-\w+\]?').Value -join ' ' }
        @($shown | Sort-Object) | Should -Be @($actual | ForEach-Object { ($_ -replace '^\[*-\w+\]? ?') } | Sort-Object)
    }

    # HelpUri is found as Get-Help -Online finds it: the first address among the related links.
    It 'has a page on the web' {
        $command.HelpUri | Should -BeLike "https://*/docs/cmdlets/$Cmdlet.md"
    }
}

Describe 'Get-Help -Online' -Skip:(-not $IsLinux) {
    It 'opens the page' {
        # The browser of this test; on Linux it is found on the PATH.
        $browser = Join-Path $TestDrive xdg-open
        $opened = Join-Path $TestDrive opened
        Set-Content $browser "#!/bin/sh`nprintf %s `"`$1`" > '$opened.part' && mv '$opened.part' '$opened'"
        chmod +x $browser
        $path = $env:PATH
        $env:PATH = "$TestDrive$([IO.Path]::PathSeparator)$path"
        try {
            Get-Help Get-BwItem -Online
            Wait-Until { Test-Path $opened }
        }
        finally {
            $env:PATH = $path
        }
        Get-Content $opened -Raw | Should -Be (Get-Command Get-BwItem).HelpUri
    }
}
