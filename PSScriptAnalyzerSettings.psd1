@{
    Severity     = 'Error', 'Warning'
    ExcludeRules = @(
        # PowerShell 7 reads UTF-8 without a byte order mark, and that is all that runs these scripts.
        'PSUseBOMForUnicodeEncodedFile'
        # A variable that BeforeAll sets is read in It, and the rule does not see that.
        'PSUseDeclaredVarsMoreThanAssignments'
        # Nor does this one see a parameter that is read in a nested function or script block.
        'PSReviewUnusedParameter'
        # For functions that people call; those of tests have nobody to ask.
        'PSUseShouldProcessForStateChangingFunctions'
    )
}
