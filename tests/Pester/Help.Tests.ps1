BeforeDiscovery {
    Import-Module $PSScriptRoot/TestServer.psm1
    Import-BitwardenModule
    $common = [Management.Automation.PSCmdlet]::CommonParameters + 'WhatIf', 'Confirm'
    $cases = foreach ($cmdlet in Get-Command -Module Bitwarden) {
        @{ Cmdlet = $cmdlet.Name; Parameters = @($cmdlet.Parameters.Keys | Where-Object { $_ -notin $common } | ForEach-Object { @{ Parameter = $_ } }) }
    }
}

Describe 'Help of <Cmdlet>' -ForEach $cases {
    BeforeAll {
        $help = Get-Help $Cmdlet -Full
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

    It 'describes -<Parameter>' -ForEach $Parameters {
        $described = $help.parameters.parameter | Where-Object name -EQ $Parameter
        ($described.description | Out-String).Trim() | Should -Not -BeNullOrEmpty
    }
}
