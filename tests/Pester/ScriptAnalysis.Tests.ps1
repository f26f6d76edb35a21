BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $scripts = Get-ChildItem $root -Recurse -File -Include *.ps1, *.psm1, *.psd1 |
        ForEach-Object { [IO.Path]::GetRelativePath($root, $_.FullName).Replace('\', '/') } |
        Where-Object { $_ -notmatch '(^|/)(bin|obj|out|node_modules)/' }
}

BeforeAll {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $hasAnalyzer = [bool](Get-Module PSScriptAnalyzer -ListAvailable)
    $settings = Join-Path $root PSScriptAnalyzerSettings.psd1
}

Describe 'Every script of the repository' {
    It 'is looked at' -TestCases @{ Count = $scripts.Count } {
        $Count | Should -BeGreaterThan 40
    }

    It 'parses: <_>' -ForEach $scripts {
        $mistakes = $null
        $null = [Management.Automation.Language.Parser]::ParseFile((Join-Path $root $_), [ref] $null, [ref] $mistakes)
        $mistakes | Should -BeNullOrEmpty
    }

    It 'passes PSScriptAnalyzer: <_>' -ForEach $scripts {
        if (-not $hasAnalyzer) { Set-ItResult -Skipped -Because 'the module PSScriptAnalyzer is not installed' }
        # A manifest that is a source names files of the built module; that alone is no finding.
        $problem = $_ -like '*.psd1' ? 'Ignore' : 'Stop'
        $findings = Invoke-ScriptAnalyzer (Join-Path $root $_) -Settings $settings -ErrorAction $problem
        $findings | ForEach-Object { "line $($_.Line): $($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty
    }
}
