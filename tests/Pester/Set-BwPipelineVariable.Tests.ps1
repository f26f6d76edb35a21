BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $folder = Join-Path ([IO.Path]::GetTempPath()) "bw-variables-$([guid]::NewGuid())"
    $null = New-Item -ItemType Directory $folder
    $password = 'Sql-Pr0d!7f3K-pbkdf2'

    # One process for all agents. What each part prints stands between two marks in its standard output.
    $run = Invoke-FreshPwsh -Server $server -Arguments @{ Folder = $folder } {
        $results = @{}
        function Test-Part([string] $Name, [scriptblock] $Part) {
            $Host.UI.WriteLine("<<$Name>>")
            $output = @(try { & $Part 3>&1 } catch { $_ })
            $results[$Name] = @{
                Output   = @($output | Where-Object { $_.GetType().Name -notlike '*Record' }).Count
                Warnings = @($output | Where-Object { $_.GetType().Name -eq 'WarningRecord' } | ForEach-Object { "$_" })
                Errors   = @($output | Where-Object { $_.GetType().Name -eq 'ErrorRecord' } | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] })
            }
        }

        $env:GITHUB_ENV = Join-Path $arguments.Folder env
        $env:GITHUB_OUTPUT = Join-Path $arguments.Folder output
        $dotEnv = Join-Path $arguments.Folder build.env
        Test-Part 'no agent' { Set-BwPipelineVariable TOKEN prod-sql }
        $env:GITHUB_ACTIONS = 'true'
        Test-Part 'no session' { Set-BwPipelineVariable TOKEN prod-sql }
        $null = Connect-TestAccount $server -Unlock
        Test-Part reference { Set-BwPipelineVariable TOKEN bw://Work/prod-sql#password }
        Test-Part pipeline { Get-BwSecret 'recovery codes' | Set-BwPipelineVariable CODES }
        Test-Part output { Set-BwPipelineVariable db-password prod-sql -IsOutput }
        Test-Part 'short' { Set-BwPipelineVariable PIN -Value (ConvertTo-TestSecret 12) }
        Test-Part 'what if' { Set-BwPipelineVariable NOTHING prod-sql -WhatIf }
        Test-Part reserved { Set-BwPipelineVariable GITHUB_TOKEN prod-sql }
        Test-Part name { Set-BwPipelineVariable "A`nB=C" prod-sql }
        Test-Part missing { Set-BwPipelineVariable TOKEN no-such-item }
        Test-Part file { Set-BwPipelineVariable TOKEN 'with attachment#attachment:cert.pfx' }
        Test-Part path { Set-BwPipelineVariable TOKEN prod-sql -Path $dotEnv }
        Test-Part 'text as value' { Set-BwPipelineVariable TOKEN -Value plain-text-value }
        $env:GITHUB_ENV = ''
        Test-Part 'no file' { Set-BwPipelineVariable TOKEN prod-sql }
        $env:GITHUB_ENV = $arguments.Folder
        Test-Part 'bad file' { Set-BwPipelineVariable TOKEN prod-sql }

        $env:GITHUB_ACTIONS = ''
        $env:TF_BUILD = 'True'
        Test-Part azure { Set-BwPipelineVariable Db.Password prod-sql }
        Test-Part 'azure output' { Set-BwPipelineVariable DbPassword prod-sql -IsOutput }
        Test-Part 'azure lines' { Set-BwPipelineVariable CODES 'recovery codes' }
        $env:SYSTEM_UNSAFEALLOWMULTILINESECRET = 'true'
        Test-Part 'azure allowed lines' { Set-BwPipelineVariable CODES 'recovery codes' }
        $env:GITHUB_ACTIONS = 'true'
        Test-Part several { Set-BwPipelineVariable TOKEN prod-sql }

        $env:GITHUB_ACTIONS = ''
        $env:TF_BUILD = ''
        $env:GITLAB_CI = 'true'
        Test-Part gitlab { Set-BwPipelineVariable TOKEN prod-sql -Path $dotEnv }
        Test-Part 'gitlab again' { Set-BwPipelineVariable TOKEN prod-sql -Path $dotEnv }
        Test-Part 'gitlab without file' { Set-BwPipelineVariable TOKEN prod-sql }
        Test-Part 'gitlab lines' { Set-BwPipelineVariable CODES 'recovery codes' -Path $dotEnv }
        Test-Part 'gitlab elsewhere' { Set-BwPipelineVariable TOKEN prod-sql -Path Env:X }
        $env:GITLAB_CI = ''
        $env:BUILDKITE = 'true'
        Test-Part buildkite { Set-BwPipelineVariable TOKEN prod-sql }
        $Host.UI.WriteLine('<<end>>')
        $results
    }
    $parts = @{}
    foreach ($match in [regex]::Matches($run.Output, '(?s)<<([^>]+)>>\r?\n(.*?)(?=<<|\z)')) {
        $parts[$match.Groups[1].Value] = @($match.Groups[2].Value -split '\r?\n' | Where-Object { $_ })
    }
    $files = @{}
    foreach ($name in 'env', 'output', 'build.env') { $files[$name] = Get-Content (Join-Path $folder $name) -Raw }
}

AfterAll {
    Stop-TestServer $server
    Remove-Item $folder -Recurse -Force
}

Describe 'Set-BwPipelineVariable' {
    It 'hides the value and writes it between two delimiters for GitHub' {
        $parts.reference | Should -Be "::add-mask::$password"
        $files.env | Should -Match "(?s)\ATOKEN<<(bw_[0-9A-F]{32})\r?\n$([regex]::Escape($password))\r?\n\1\r?\n"
        $files.output | Should -Match "(?s)\Adb-password<<(bw_[0-9A-F]{32})\r?\n$([regex]::Escape($password))\r?\n\1\r?\n\z"
    }

    It 'takes a value from the pipeline, of several lines too' {
        $parts.pipeline | Select-Object -First 1 | Should -Be '::add-mask::code-1 11111'
        $files.env | Should -Match "(?s)\nCODES<<(bw_[0-9A-F]{32})\r?\ncode-1 11111\ncode-2 22222\nübrig-pbkdf2\r?\n\1\r?\n"
    }

    It 'hands over what is too short to be hidden, with a warning' {
        @($parts.short).Count | Should -Be 0
        $run.Result.short.Warnings | Should -BeLike "'PIN' is not hidden*"
        $files.env | Should -Match '\nPIN<<'
    }

    It 'sets a secret variable of Azure Pipelines' {
        $parts.azure | Should -Be "##vso[task.setsecret]$password", "##vso[task.setvariable variable=Db.Password;issecret=true]$password"
        $parts['azure output'][1] | Should -BeExactly "##vso[task.setvariable variable=DbPassword;issecret=true;isOutput=true]$password"
    }

    It 'gives Azure Pipelines several lines only where it takes them' {
        @($parts['azure lines']).Count | Should -Be 0
        $run.Result.'azure lines'.Errors | Should -Be InvalidPipelineVariable
        $parts['azure allowed lines'][-1] | Should -BeLike '##vso`[task.setvariable variable=CODES;issecret=true`]code-1 11111%0Acode-2 22222%0A*'
    }

    It 'writes a file for GitLab that is its owner''s only, with a warning' {
        $files.'build.env' | Should -BeExactly "TOKEN=$password`n"
        $run.Result.gitlab.Warnings | Should -BeLike "'TOKEN' is written to a file as it is.*"
        @($parts.gitlab).Count | Should -Be 0
        if (-not $IsWindows) { [IO.File]::GetUnixFileMode((Join-Path $folder build.env)) | Should -Be 'UserWrite, UserRead' }
    }

    It '<Part>: <Id>, and nothing is set' -ForEach @(
        @{ Part = 'no agent'; Id = 'NoPipelineAgent' }, @{ Part = 'several'; Id = 'NoPipelineAgent' }, @{ Part = 'buildkite'; Id = 'NoPipelineAgent' }
        @{ Part = 'no session'; Id = 'NotConnected' }, @{ Part = 'missing'; Id = 'ItemNotFound' }, @{ Part = 'file'; Id = 'NotText' }
        @{ Part = 'reserved'; Id = 'InvalidPipelineVariable' }, @{ Part = 'name'; Id = 'InvalidPipelineVariable' }
        @{ Part = 'path'; Id = 'InvalidPipelineVariable' }, @{ Part = 'gitlab again'; Id = 'InvalidPipelineVariable' }
        @{ Part = 'gitlab lines'; Id = 'InvalidPipelineVariable' }, @{ Part = 'gitlab elsewhere'; Id = 'FileUnusable' }
        @{ Part = 'no file'; Id = 'PipelineFileMissing' }, @{ Part = 'gitlab without file'; Id = 'PipelineFileMissing' }
        @{ Part = 'text as value'; Id = 'ParameterArgumentTransformationError' }
    ) {
        $run.Result.$Part.Errors | Should -Be $Id
        @($parts[$Part]).Count | Should -Be 0
    }

    It 'says what is wrong with the runner''s file' {
        $run.Result.'bad file'.Errors | Should -Be FileUnusable
    }

    It 'with -WhatIf shows the name and no value' {
        $parts['what if'] | Should -BeLike "*'NOTHING' of GitHub Actions*"
        $files.env | Should -Not -Match 'NOTHING'
    }

    It 'writes no object' {
        $run.Result.PSObject.Properties.Value.Output | Measure-Object -Sum | Select-Object -ExpandProperty Sum | Should -Be 0
    }
}
